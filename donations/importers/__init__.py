"""What comes in from providers of payments: read once, in memory, as totals."""
