-- The texts of an article are asked for by its id alone, which the key (article and revision together) cannot answer.
CREATE INDEX article_revisions_of_article ON article_revisions (article_id);
