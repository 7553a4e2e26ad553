import SwiftUI

/// The balance. It is blurred until somebody looks at the phone and not over a shoulder.
struct BalanceView: View {
    let balance: Balance
    @Environment(\.isWatched) private var isWatched

    var body: some View {
        Text(balance.available, format: .currency(code: balance.currency))
            .font(.north(.huge))
            .privacySensitive()
            .blur(radius: isWatched ? 12 : 0)
            .accessibilityLabel("Available: \(balance.spoken)")
    }
}
