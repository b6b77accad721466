module check

go 1.22

require golang.org/x/mod v0.7.0

replace golang.org/x/mod => ../mod
