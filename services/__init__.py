"""What government keeps and knows: every table and every SQL statement lives in this room."""
