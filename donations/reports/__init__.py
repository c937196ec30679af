"""What reports are made of: fixed periods, shares that say 100, sums that must add up."""
