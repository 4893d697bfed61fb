package io.github.rediscached.agent.servlet;

import java.io.PrintWriter;

/** The writer of a recorded response. Like those of containers it never throws. */
final class RecordedWriter extends PrintWriter {

  private final CopyingWriter copying;

  RecordedWriter(CopyingWriter copying) {
    super(copying);
    this.copying = copying;
  }

  /** The container's writer; it is asked for later where the answer is held back. */
  void use(PrintWriter containers) {
    copying.use(containers);
  }

  /** What was written so far is taken back. */
  void restart() {
    copying.restart();
  }

  void endCopy() {
    copying.endCopy();
  }

  @Override
  public boolean checkError() {
    return super.checkError() || copying.hasFailed();
  }
}
