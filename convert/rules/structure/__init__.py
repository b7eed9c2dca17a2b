"""Rules about paragraphs, headings and levels."""
