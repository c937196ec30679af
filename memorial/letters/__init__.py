"""Letters to prisoners: the guide, whom to write to today, and packs for evenings of letters."""
