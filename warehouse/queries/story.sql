-- One story. Grain: one row, or none where it is no longer kept. Columns as `stories`.
SELECT * FROM stories WHERE story_id = $story_id
