package example.polaris.pocket

import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable

@Composable
fun FeedScreen(feed: Feed, onOpen: (Purchase) -> Unit) {
    LazyColumn {
        for ((day, purchases) in feed.byDay) {
            stickyHeader(key = day) { DayHeader(day, purchases.total) }
            items(purchases, key = Purchase::id) { PurchaseRow(it, onOpen) }
        }
    }
}
