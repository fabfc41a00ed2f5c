-- Gives kept words the number of their article (a column is filled in another transaction than it is added in).
UPDATE search_articles SET arrival_number = a.arrival_number FROM articles AS a WHERE a.article_id = search_articles.article_id;
