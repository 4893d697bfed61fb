package com.acme.invalidation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The database: a folder that all JVMs share. */
final class Store {

  private final Path folder;

  Store(Path folder) {
    this.folder = folder;
  }

  String read(String name) {
    Path file = folder.resolve(name);
    try {
      return Files.exists(file) ? Files.readString(file) : "none";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String name, String value) {
    try {
      Path file = Files.createTempFile(folder, "new", "");
      Files.writeString(file, value);
      Files.move(file, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts, across all JVMs. */
  void note(String name) {
    try {
      Files.writeString(
          folder.resolve(name + ".log"), "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int noted(String name) {
    try {
      Path log = folder.resolve(name + ".log");
      return Files.exists(log) ? (int) Files.size(log) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
