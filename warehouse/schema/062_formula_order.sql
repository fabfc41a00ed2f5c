-- What versions of the formula are ordered by: number by number between their dots (10 is newer than 9), what is no
-- number as text.
CREATE MACRO formula_order(version) AS (
    list_transform(string_split(version, '.'), part -> coalesce(TRY_CAST(part AS BIGINT), -1)),
    version
);
