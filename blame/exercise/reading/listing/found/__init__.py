"""What is found in a listing that was followed: its network, its loss, its activations."""
