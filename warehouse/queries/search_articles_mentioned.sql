-- That an article `a` has a current mention which meets all filters of events; those that are null ask nothing.
a.arrival_number IN (
    SELECT m.arrival_number FROM mentions AS m WHERE m.superseded_at_utc IS NULL
        AND ($side IS NULL OR $side IN (m.actor_code, m.target_code)) AND ($type IS NULL OR m.type = $type)
        AND ($status IS NULL OR m.status = $status) AND ($country IS NULL OR m.place_country_code = $country)
)
