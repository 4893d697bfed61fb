/** What users write on their methods; see {@link io.github.rediscached.RedisCached}. */
module io.github.rediscached.annotations {
  exports io.github.rediscached;
}
