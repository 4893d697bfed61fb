CREATE TABLE IF NOT EXISTS products (
  id BIGINT PRIMARY KEY,
  name VARCHAR(100) NOT NULL,
  category VARCHAR(40) NOT NULL,
  description VARCHAR(500) NOT NULL,
  price NUMERIC(10, 2) NOT NULL
);

CREATE TABLE IF NOT EXISTS users (
  id BIGINT PRIMARY KEY,
  name VARCHAR(100) NOT NULL,
  email VARCHAR(200) NOT NULL,
  city VARCHAR(100) NOT NULL,
  joined_on DATE NOT NULL
);

CREATE TABLE IF NOT EXISTS sales (
  id BIGINT PRIMARY KEY,
  product_id BIGINT NOT NULL REFERENCES products (id),
  user_id BIGINT NOT NULL REFERENCES users (id),
  quantity INT NOT NULL,
  unit_price NUMERIC(10, 2) NOT NULL,
  sold_on DATE NOT NULL
);

CREATE INDEX IF NOT EXISTS products_by_category ON products (category);
CREATE INDEX IF NOT EXISTS sales_by_product ON sales (product_id);
CREATE INDEX IF NOT EXISTS sales_by_user ON sales (user_id);
