package tokens

import "time"

// A key signs for a week and is trusted for one week more, so that no token outlives its key.
const (
	signsFor   = 7 * 24 * time.Hour
	trustedFor = 2 * signsFor
)

// Current picks the newest key that is old enough for every service to have seen it.
func Current(keys []Key, now time.Time) (Key, bool) {
	var best Key
	found := false
	for _, key := range keys {
		age := now.Sub(key.Born)
		if age >= time.Hour && age < signsFor && (!found || key.Born.After(best.Born)) {
			best, found = key, true
		}
	}
	return best, found
}
