"""From executed notebooks to what people open."""
