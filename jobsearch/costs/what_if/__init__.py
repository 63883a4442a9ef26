"""What a group would cost under other assumptions; every one of them is printed."""
