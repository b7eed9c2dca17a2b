"""Rules about characters, spaces and escapes."""
