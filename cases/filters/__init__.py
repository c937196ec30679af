"""What readers see of the filters of cases: the page of one filter. An edge."""
