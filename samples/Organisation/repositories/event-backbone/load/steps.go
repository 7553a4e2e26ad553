package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"example.polaris/backbone/load"
)

// Arrivals are not regular: people do not take turns. Whoever sends at an even pace
// measures a queue that is never there.
var pace = load.Poisson

func main() {
	record := flag.String("record", "2025-09-01T08:00/08:10", "whose messages to imitate")
	flag.Parse()
	plan := load.Steps(2_000, 50_000, 2_000, 10*time.Minute)
	for _, step := range plan {
		result, err := load.Run(context.Background(), *record, pace(step.PerSecond), step.For)
		if err != nil || result.Lost > 0 {
			fmt.Printf("%6d/s  stopped: %v, %d lost\n", step.PerSecond, err, result.Lost)
			return
		}
		fmt.Printf("%6d/s  p50 %v  p95 %v  p99 %v\n", step.PerSecond, result.P50, result.P95, result.P99)
	}
}
