@file:JvmName("Shop")

package com.acme.kotlin

import io.github.rediscached.RedisCached

data class Product(val id: Long, val name: String, val tags: List<String>, val price: Int?)

sealed interface Stock {
  data class Some(val count: Int) : Stock
  data object None : Stock
}

val runs = sortedMapOf<String, Int>()

fun ran(function: String) {
  runs.merge(function, 1, Int::plus)
}

@RedisCached
fun topLevel(id: Long): Product {
  ran("topLevel")
  return Product(id, "Bonn", listOf("a", "b"), null)
}

@RedisCached
fun withDefaults(id: Long, name: String = "name", factor: Double = 2.0): String {
  ran("withDefaults")
  return "$id $name $factor"
}

@RedisCached
@JvmOverloads
fun withOverloads(id: Long, name: String = "name"): String {
  ran("withOverloads")
  return "$id $name"
}

@RedisCached
fun Product.extension(more: Int): Int {
  ran("extension")
  return name.length + more
}

@RedisCached
fun stock(id: Int): Stock {
  ran("stock")
  return if (id == 0) Stock.None else Stock.Some(id)
}

@RedisCached
fun nullable(id: Int): Int? {
  ran("nullable")
  return if (id == 0) null else id
}

@RedisCached
fun unsigned(id: UInt): ULong {
  ran("unsigned")
  return id.toULong() * 2u
}

@RedisCached
suspend fun suspended(id: Int): Int {
  ran("suspended")
  return id
}

@RedisCached
fun nothing(id: Int) {
  ran("nothing")
}

class Catalog {

  val size: Int
    @RedisCached
    get() {
      ran("property")
      return 42
    }

  companion object {

    @RedisCached
    @JvmStatic
    fun inCompanion(id: Int): String {
      ran("inCompanion")
      return "companion $id"
    }

    @RedisCached(cache = "named")
    @JvmStatic
    fun inNamedCache(id: Int): String {
      ran("inNamedCache")
      return "named $id"
    }
  }
}

object Registry {

  @RedisCached
  fun inObject(id: Int): String {
    ran("inObject")
    return "object $id"
  }

  @RedisCached
  @JvmStatic
  fun staticInObject(id: Int): String {
    ran("staticInObject")
    return "object $id"
  }
}

interface Prices {

  @RedisCached
  fun price(id: Int): Int

  @RedisCached
  fun inInterface(id: Int): Int {
    ran("inInterface")
    return id + 1
  }
}

class ListPrices : Prices {
  override fun price(id: Int): Int {
    ran("price")
    return id * 10
  }
}

class Discounts(prices: Prices) : Prices by prices

fun main() {
  // Loaded before its implementors, so that these are cached from their first call.
  check(Prices::class.java.isInterface)
  repeat(2) {
    println("topLevel=" + topLevel(7))
    println("withDefaults=" + withDefaults(1) + ", " + withDefaults(1, factor = 3.0))
    println("withOverloads=" + withOverloads(1))
    println("extension=" + topLevel(7).extension(1))
    println("stock=" + stock(0) + ", " + stock(3) + ", " + (stock(0) === Stock.None))
    println("nullable=" + nullable(0) + ", " + nullable(1))
    println("unsigned=" + unsigned(4_000_000_000u))
    nothing(1)
    println("property=" + Catalog().size)
    println("inCompanion=" + Catalog.inCompanion(1))
    println("inNamedCache=" + Catalog.inNamedCache(1))
    println("inObject=" + Registry.inObject(1))
    println("staticInObject=" + Registry.staticInObject(1))
    println("price=" + ListPrices().price(1))
    println("inInterface=" + ListPrices().inInterface(1))
    println("delegated=" + Discounts(ListPrices()).price(2))
  }
  println("runs=$runs")
}
