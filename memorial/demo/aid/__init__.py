"""Help given in the invented world, and its totals as two people approved them."""
