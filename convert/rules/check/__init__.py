"""Rules about what no edit can mend: they report, and mark at most."""
