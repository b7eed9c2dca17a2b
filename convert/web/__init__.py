"""Web addresses as sources: what may be opened, fetching, the copy that is saved, articles of several pages."""
