package io.github.rediscached.agent.store;

import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;

/** Commands of one kind for several keys; each has its reply, whatever becomes of the others. */
final class BatchExchange extends Exchange<List<Reply>> {

  private final Link link;
  private final List<Reply> all = new ArrayList<>();

  BatchExchange(Link link) {
    super(link);
    this.link = link;
  }

  void command(CommandType command, byte[]... arguments) {
    all.add(add(new Reply(this, link, command, arguments)));
  }

  void script(Script script, byte[][] keys, byte[][] arguments) {
    all.add(add(new Reply(this, link, script, keys, arguments)));
  }

  /** In the order in which they were added. */
  @Override
  List<Reply> result() {
    return all;
  }
}
