"""The desks: pages and the API for citizens, windows, supervisors and the hotline."""
