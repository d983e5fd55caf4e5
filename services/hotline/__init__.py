"""What only a 12345 work order (工单) has: the case it is about. All else it shares with every case."""
