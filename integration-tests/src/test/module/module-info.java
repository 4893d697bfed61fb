module com.acme.module {
  requires io.github.rediscached.annotations;
}
