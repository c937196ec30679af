"""The API: what the pages say of people, cases, articles, places, hearings and findings, as JSON (`/api/v1/`)."""
