package com.acme.scala

import io.github.rediscached.RedisCached
import scala.collection.mutable

case class Product(id: Long, name: String, tags: List[String], price: Option[BigDecimal])

sealed trait Stock
case class Some(count: Int) extends Stock
case object Empty extends Stock

class Runs {
  private val counts = mutable.TreeMap.empty[String, Int]
  def +=(method: String): Unit = counts(method) = counts.getOrElse(method, 0) + 1
  override def toString: String = counts.mkString(",")
}

trait Prices {

  @RedisCached
  def price(id: Int): Int

  @RedisCached
  def inTrait(id: Int): Int = {
    Shop.runs += "inTrait"
    id + 1
  }
}

class ListPrices extends Prices {
  def price(id: Int): Int = {
    Shop.runs += "price"
    id * 10
  }
}

trait Repository[T] {
  @RedisCached
  def find(id: T): Product
}

class Products extends Repository[String] {
  def find(id: String): Product = {
    Shop.runs += "generic"
    Product(1, id, List("a", "b"), None)
  }
}

class Catalog {

  @RedisCached
  def caseClass(id: Long): Product = {
    Shop.runs += "caseClass"
    Product(id, "Bonn", List("a", "b"), Option(BigDecimal("9.90")))
  }

  @RedisCached
  def withDefaults(id: Int, name: String = "name"): String = {
    Shop.runs += "withDefaults"
    s"$id $name"
  }

  @RedisCached
  def curried(id: Int)(name: String): Map[String, Int] = {
    Shop.runs += "curried"
    Map(name -> id)
  }

  @RedisCached
  def stock(id: Int): Stock = {
    Shop.runs += "stock"
    if (id == 0) Empty else Some(id)
  }

  @RedisCached
  def varargs(ids: Int*): Seq[Int] = {
    Shop.runs += "varargs"
    ids.map(_ + 1)
  }

  @RedisCached
  def nothing(id: Int): Unit = Shop.runs += "nothing"
}

class Companion

object Companion {
  @RedisCached
  def inCompanion(id: Int): String = {
    Shop.runs += "inCompanion"
    s"companion $id"
  }
}

object Registry {
  @RedisCached(cache = "registry")
  def inObject(id: Int): String = {
    Shop.runs += "inObject"
    s"object $id"
  }
}

object Shop {

  val runs = new Runs

  def main(args: Array[String]): Unit = {
    // Loaded before their implementors, so that these are cached from their first call.
    assert(classOf[Prices].isInterface && classOf[Repository[_]].isInterface)
    for (_ <- 1 to 2) {
      val catalog = new Catalog
      println("caseClass=" + catalog.caseClass(7))
      println("withDefaults=" + catalog.withDefaults(1) + ", " + catalog.withDefaults(1, "name"))
      println("curried=" + catalog.curried(1)("one"))
      println("stock=" + catalog.stock(0) + ", " + catalog.stock(3) + ", " + (catalog.stock(0) eq Empty))
      println("varargs=" + catalog.varargs(1, 2))
      catalog.nothing(1)
      println("inCompanion=" + Companion.inCompanion(1))
      println("inObject=" + Registry.inObject(1))
      println("price=" + new ListPrices().price(1))
      println("inTrait=" + new ListPrices().inTrait(1))
      println("generic=" + new Products().find("x"))
    }
    println("runs=" + runs)
  }
}
