package com.acme.confidential;

import io.github.rediscached.RedisCached;
import io.github.rediscached.RedisEvict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers a question with how often its methods have run so far, and what they have returned. */
public final class Patients {

  private static int runs;
  private static String place = "";

  private Patients() {}

  /** What somebody is treated for. */
  public record Patient(String email, String doctor, String diagnosis, List<String> notes) {}

  public static void main(String[] args) throws IOException {
    place = args.length == 0 ? "" : args[0];
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 2);
      Object answer =
          switch (words[0]) {
            case "find" -> find(words[1]).diagnosis();
            case "treated" -> treated(words[1]).diagnosis();
            case "long" -> history(words[1]).notes().size();
            case "changed" -> changed(words[1]);
            case "left" -> left(words[1]);
            case "moved" -> moved(words[1]);
            default -> matching(words[1]);
          };
      System.out.println(runs + " " + answer);
    }
  }

  @RedisCached(cache = "patients", tags = "patient:#{#email}")
  static Patient find(String email) {
    return patient(email, 1);
  }

  /** With a tag that only the result tells. */
  @RedisCached(cache = "treated", tags = "doctor:#{#result.doctor}")
  static Patient treated(String email) {
    return patient(email, 1);
  }

  @RedisCached(cache = "histories")
  static Patient history(String email) {
    return patient(email, 200);
  }

  private static Patient patient(String email, int notes) {
    runs++;
    return new Patient(
        email,
        "house@example.org",
        "lupus of " + email + place,
        List.of("never lupus ".repeat(notes).split("(?<=lupus )")));
  }

  @RedisEvict(tags = "patient:#{#email}")
  static String changed(String email) {
    return email;
  }

  @RedisEvict(tags = "doctor:#{#doctor}")
  static String left(String doctor) {
    return doctor;
  }

  @RedisEvict(cache = "patients")
  static String moved(String email) {
    return email;
  }

  @RedisEvict(keyPattern = "#{#pattern}")
  static String matching(String pattern) {
    return pattern;
  }
}
