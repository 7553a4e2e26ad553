package doctor

import "fmt"

// Diagnose says in one sentence why a pod does not run, and whose turn it is.
func Diagnose(pod Pod) string {
	for _, container := range pod.Containers {
		switch {
		case container.Waiting == "ImagePullBackOff":
			return fmt.Sprintf("The image %s cannot be fetched. Was it pushed?", container.Image)
		case container.LastExit == 137:
			return fmt.Sprintf("%s wanted more than its %s of memory.", container.Name, container.Limit)
		case container.Restarts > 3:
			return fmt.Sprintf("%s starts and ends again. Its last words: %s", container.Name, container.LastLine)
		}
	}
	if !pod.Scheduled {
		return "No node has room for it. Ask for less, or ask us."
	}
	return "It looks healthy. The readiness path may disagree."
}
