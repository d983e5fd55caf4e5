"""收费: what a case has to pay, the money that came, and what goes back. The platform collects; the log says what it means."""
