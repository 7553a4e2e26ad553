package example.polaris.consent

import java.time.Duration
import java.time.Instant

data class Consent(val party: String, val scope: Set<Scope>, val given: Instant, val ended: Instant? = null) {
    fun covers(wanted: Scope, at: Instant): Boolean =
        wanted in scope && at >= given && at < (ended ?: (given + longest))

    companion object {
        /** What the law allows before it has to be asked for again. */
        val longest: Duration = Duration.ofDays(90)
    }
}

enum class Scope { BALANCES, MOVEMENTS, PAYMENTS }
