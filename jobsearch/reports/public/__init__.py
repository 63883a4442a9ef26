"""The page of results that anybody may read, while the manager keeps it open."""
