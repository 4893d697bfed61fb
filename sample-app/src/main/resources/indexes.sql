-- After the rows: filling tables that have their indexes takes twice as long.
CREATE INDEX products_by_category ON products (category);
CREATE INDEX sales_by_product ON sales (product_id);
CREATE INDEX sales_by_user ON sales (user_id);
