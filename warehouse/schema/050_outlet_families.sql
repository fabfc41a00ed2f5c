-- Grain: one owner of outlets. Key: family_id. Written when Mereda starts, from the list that is kept with its code.
CREATE TABLE outlet_families (
    family_id VARCHAR PRIMARY KEY,
    family_name VARCHAR NOT NULL,
    owner_kind VARCHAR,
    country_code VARCHAR,
    note VARCHAR
);
COMMENT ON TABLE outlet_families IS 'Who owns the outlets of the catalogue, and whether a state does. One row an outlet family.';
COMMENT ON COLUMN outlet_families.family_id IS 'the family, as articles and feeds name it';
COMMENT ON COLUMN outlet_families.family_name IS 'its name';
COMMENT ON COLUMN outlet_families.owner_kind IS 'state (a state owns or directs it), public (owned by a state, independent by law), intergovernmental, party, trust or private; null: not known';
COMMENT ON COLUMN outlet_families.country_code IS 'ISO 3166-1 alpha-3 of the owner; null: none or not known';
COMMENT ON COLUMN outlet_families.note IS 'how the kind is known; null: nothing to say';
