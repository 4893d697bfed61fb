package io.github.rediscached.agent.store;

import io.lettuce.core.protocol.CommandType;
import org.jspecify.annotations.Nullable;

/**
 * A script for whose answer nobody waits; named by its digest, sent itself if Redis has lost it.
 */
final class SentScript extends Request {

  /** What follows. Called once, on any thread; must not wait. */
  interface End {

    void answered(byte[] @Nullable [] answer);

    void failed(Throwable failure);
  }

  private final Link link;
  private final Script script;
  private final byte[][] keys;
  private final byte[][] arguments;
  private final End end;

  SentScript(Link link, Script script, byte[][] keys, byte[][] arguments, End end) {
    super(CommandType.EVALSHA, script.byDigest(keys, arguments));
    this.link = link;
    this.script = script;
    this.keys = keys;
    this.arguments = arguments;
    this.end = end;
  }

  @Override
  void answered(byte[] @Nullable [] answer) {
    end.answered(answer);
  }

  @Override
  void failed(Throwable failure) {
    if (RequestFailedException.isUnknownScript(failure)) {
      link.send(new Whole());
    } else {
      end.failed(failure);
    }
  }

  private final class Whole extends Request {

    Whole() {
      super(CommandType.EVAL, script.bySource(keys, arguments));
    }

    @Override
    void answered(byte[] @Nullable [] answer) {
      end.answered(answer);
    }

    @Override
    void failed(Throwable failure) {
      end.failed(failure);
    }
  }
}
