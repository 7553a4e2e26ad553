package push

import "context"

// Lane sends one message at a time to one phone, so that two of them cannot overtake each other.
func Lane(ctx context.Context, in <-chan Message, send func(context.Context, Message) error, failed func(Message, error)) {
	for {
		select {
		case <-ctx.Done():
			return
		case message, open := <-in:
			if !open {
				return
			}
			if err := send(ctx, message); err != nil {
				failed(message, err)
			}
		}
	}
}
