"""What happens over time: procedures, the engine that conducts them, the relay that rings it."""
