"""What accounts show once they are looked into: shares, intensities, trends and what changed them."""
