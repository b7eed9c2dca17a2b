"""Rules about what the site or the printer added, and about the facts that it states."""
