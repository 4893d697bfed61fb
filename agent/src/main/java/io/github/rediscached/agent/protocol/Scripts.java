package io.github.rediscached.agent.protocol;

import io.github.rediscached.agent.store.Script;
import java.util.List;

/**
 * The steps of docs/protocol.md that Redis does in one go. Keys and versions have the order that
 * {@link Protocol} gives them. A version is 16 bytes: epoch and number; the counter's key holds the
 * epoch (8 bytes) and the number as decimal text.
 */
final class Scripts {

  /**
   * How the following ones read keys, one at least: at once, since a call costs Redis more than a
   * key, but no more than Lua's stack can hold. Their time grows linearly with the keys, so no text
   * is put together in a loop.
   */
  private static final String READ_KEYS =
      """
      local function read(keys, first, last)
        local found = redis.call('MGET', unpack(keys, first, math.min(last, first + 999)))
        for from = first + 1000, last, 1000 do
          local more = redis.call('MGET', unpack(keys, from, math.min(last, from + 999)))
          for i = 1, #more do found[from - first + i] = more[i] end
        end
        return found
      end
      """;

  /** How they keep a version from expiring. */
  private static final String KEEP =
      """
      local function keep(key)
        if redis.call('PTTL', key) < retention / 2 then redis.call('PEXPIRE', key, retention) end
      end
      """;

  /** How they make a version. */
  private static final String VERSIONS =
      """
      local counter = redis.call('GET', KEYS[3])
      local epoch, number, made
      if counter then
        epoch, number = string.sub(counter, 1, 8), tonumber(string.sub(counter, 9))
      else
        epoch, number, made = newEpoch, 0, true
      end
      local function make(key)
        number = number + 1
        made = true
        local version = epoch .. struct.pack('>I8', number)
        redis.call('SET', key, version, 'PX', retention)
        return version
      end
      local function saveCounter()
        if made then
          redis.call('SET', KEYS[3], epoch .. string.format('%d', number), 'PX', retention)
        else
          keep(KEYS[3])
        end
      end
      """;

  /**
   * Reads an entry, versions, and the versions of the tags that the entry names.
   *
   * <p>Keys: entry, versions, and what the keys of tags begin with.
   */
  static final Script READ =
      new Script(
          READ_KEYS
              + """
              local answer = read(KEYS, 1, #KEYS - 1)
              local entry = answer[1]
              if not entry or string.byte(entry, 3) ~= FORMAT or #entry < 64 then return answer end
              local flags, at = string.byte(entry, 4), 53
              if math.floor(flags / 4) % 2 == 0 then return answer end
              if math.floor(flags / 2) % 2 == 1 then at = 61 end
              local tags, count = {}, struct.unpack('>I4', entry, at)
              at = at + 4
              while #tags < count and at < #entry do
                local length = struct.unpack('>I2', entry, at)
                tags[#tags + 1] = KEYS[#KEYS] .. string.sub(entry, at + 2, at + 1 + length)
                at = at + 2 + length
              end
              if #tags > 0 then answer[#answer + 1] = read(tags, 1, #tags) end
              return answer
              """
                  .replace("FORMAT", Integer.toString(Envelope.FORMAT)));

  /**
   * Takes the lease of an entry, if it is free.
   *
   * <p>Keys: entry, lease, counter, versions of all tags and of patterns, versions. Arguments: the
   * token to set, the lease's and the versions' life in milliseconds, a new epoch, the token of the
   * entry that does not count, {@code force} to take the lease from its holder, and {@code keep} to
   * prolong also the life of what all calls of the cache use, which are the third to the seventh
   * key; that of tags is prolonged each time.
   *
   * <p>Answer: nothing if there is an entry that counts; else the token of the lease's holder now,
   * the counter, all versions, and the time: seconds, microseconds.
   */
  static final Script ACQUIRE =
      new Script(
          """
          local force = ARGV[6] == 'force'
          if not force then
            local seen = redis.call('GETRANGE', KEYS[1], 16, 23)
            if seen ~= '' and seen ~= ARGV[5] then return {} end
          end
          local retention, newEpoch = tonumber(ARGV[3]), ARGV[4]
          """
              + READ_KEYS
              + KEEP
              + """
              local answer = read(KEYS, 2, #KEYS)
              local complete = true
              for i = 2, #answer do complete = complete and answer[i] end
              if not complete then
              """
              + VERSIONS
              + """
                for i = 3, #answer do
                  -- Once more, since a key may stand here twice.
                  answer[i] = answer[i] or redis.call('GET', KEYS[i + 1]) or make(KEYS[i + 1])
                end
                saveCounter()
                answer[2] = epoch .. string.format('%d', number)
              end
              for i = ARGV[7] == 'keep' and 3 or 8, #KEYS do keep(KEYS[i]) end
              if force or not answer[1] then
                answer[1] = ARGV[1]
                redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
              end
              local time = redis.call('TIME')
              answer[#answer + 1] = time[1]
              answer[#answer + 1] = time[2]
              return answer
              """);

  /**
   * Stores an entry, if the lease is still held and no version has changed.
   *
   * <p>Keys: entry, lease, counter, versions of all tags and of patterns, versions, versions of
   * named tags, the mark of those who are told of changes. Arguments: the token, the entry, its
   * life in milliseconds, the versions (with those of all tags and of patterns) as they were, the
   * counter as it was, the versions' life in milliseconds, a new epoch.
   *
   * <p>Answer: {@code stored}; {@code lost} if another call has the lease, or none; {@code
   * invalidated} or {@code doubtful} if a version has changed, or may have.
   */
  static final Script STORE =
      new Script(
          """
          if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 'lost' end
          """
              + READ_KEYS
              + """
              local unnamed = 3 + #ARGV[4] / 16
              local now = read(KEYS, 5, unnamed)
              for i = 1, #now do
                if now[i] ~= string.sub(ARGV[4], i * 16 + 1, (i + 1) * 16) then
                  redis.call('UNLINK', KEYS[2])
                  return 'invalidated'
                end
              end
              local versions = {}
              local mark = KEYS[#KEYS]
              if #KEYS - 1 > unnamed then
                local retention, newEpoch = tonumber(ARGV[6]), ARGV[7]
              """
              + KEEP
              + VERSIONS
              + """
                local quiet = redis.call('GET', KEYS[4]) == string.sub(ARGV[4], 1, 16)
                local doubtful = epoch ~= string.sub(ARGV[5], 1, 8)
                local before = tonumber(string.sub(ARGV[5], 9))
                local named = read(KEYS, unnamed + 1, #KEYS - 1)
                for i = 1, #named do
                  local key, version = KEYS[unnamed + i], named[i]
                  if version and string.sub(version, 1, 8) == epoch then
                    keep(key)
                    doubtful = doubtful or struct.unpack('>I8', version, 9) > before
                  else
                    version = make(key)
                    doubtful = true
                  end
                  versions[i] = version
                end
                saveCounter()
                if doubtful and not quiet then
                  redis.call('UNLINK', KEYS[2])
                  return 'doubtful'
                end
              end
              -- Else nobody can have in memory what this replaces.
              local replaces = redis.call('GET', mark)
                and (string.byte(ARGV[1]) == PUT or redis.call('GETRANGE', KEYS[1], 0, 0) ~= '')
              redis.call('SET', KEYS[1], ARGV[2] .. table.concat(versions), 'PX', ARGV[3])
              redis.call('UNLINK', KEYS[2])
              if replaces and type(redis.pcall('PUBLISH', mark, KEYS[1])) == 'table' then
                redis.call('UNLINK', mark)
              end
              return 'stored'
              """
                  .replace("PUT", Byte.toString(Lease.PUT)));

  /** Gives the lease back, if it is still held. Keys: lease. Arguments: the token. */
  static final Script RELEASE =
      new Script(
          """
          if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('UNLINK', KEYS[1]) end
          return 0
          """);

  /**
   * Makes everything stale if this is another Redis process than the one that it belongs to.
   *
   * <p>Keys: process, namespace version, counter, the mark of those who are told of changes.
   * Arguments: the id of this process, how long to remember it in milliseconds. Answer: the time in
   * milliseconds.
   */
  static final Script CONNECT =
      new Script(
          """
          if redis.call('GET', KEYS[1]) == ARGV[1] then
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
          else
            redis.call('UNLINK', KEYS[2], KEYS[3])
            redis.call('UNLINK', KEYS[4])
            -- Where memory is full this fails, and the next connection unlinks once more.
            redis.pcall('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
          end
          local time = redis.call('TIME')
          return string.format('%d', time[1] * 1000 + math.floor(time[2] / 1000))
          """);

  static final List<Script> ALL = List.of(READ, ACQUIRE, STORE, RELEASE, CONNECT);

  private Scripts() {}
}
