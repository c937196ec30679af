"""Open data of help given: approved totals, and nothing else."""
