package controller

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"bailiwick.dev/twin/api"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// From the worst to the best.
var healths = []string{"Failed", "Degraded", "Unknown", "Progressing", "Suspended", "Healthy"}

// writeStatus writes the status by server-side apply, unless the app has exactly this one already.
func (r *AppReconciler) writeStatus(ctx context.Context, app *api.App, environments []api.EnvironmentStatus) error {
	status := statusOf(app, environments)
	if equality.Semantic.DeepEqual(app.Status, status) {
		return nil
	}
	content, err := runtime.DefaultUnstructuredConverter.ToUnstructured(&status)
	if err != nil {
		return err
	}
	patch := &unstructured.Unstructured{Object: map[string]any{"status": content}}
	patch.SetGroupVersionKind(api.GroupVersion.WithKind("App"))
	patch.SetNamespace(app.Namespace)
	patch.SetName(app.Name)
	patch.SetUID(app.UID)
	err = r.Status().Apply(ctx, client.ApplyConfigurationFromUnstructured(patch),
		client.FieldOwner(fieldManager), client.ForceOwnership)
	return client.IgnoreNotFound(err)
}

func statusOf(app *api.App, environments []api.EnvironmentStatus) api.AppStatus {
	for i := range environments {
		environments[i].Since = since(app, environments[i])
	}
	condition := metav1.Condition{
		Type:               "EnvironmentsReady",
		Status:             metav1.ConditionTrue,
		Reason:             "EnvironmentsReady",
		Message:            summary(environments),
		ObservedGeneration: app.Generation,
		LastTransitionTime: metav1.NewTime(time.Now().Truncate(time.Second)),
	}
	status := api.AppStatus{
		ObservedGeneration: app.Generation,
		Conditions:         slices.Clone(app.Status.Conditions),
		Environments:       environments,
	}
	if worst := worstOf(environments); worst != nil {
		status.Health = worst.Health
		if worst.Health != "Healthy" && worst.Health != "Suspended" {
			condition.Status = metav1.ConditionFalse
			condition.Reason = "Environment" + worst.Health
			condition.Message = worst.Name + ": " + worst.Why
		}
	}
	meta.SetStatusCondition(&status.Conditions, condition)
	condition.Type = "Ready"
	meta.SetStatusCondition(&status.Conditions, condition)
	return status
}

func worstOf(environments []api.EnvironmentStatus) *api.EnvironmentStatus {
	for _, health := range healths {
		for i := range environments {
			if environments[i].Health == health {
				return &environments[i]
			}
		}
	}
	return nil
}

func summary(environments []api.EnvironmentStatus) string {
	var parts []string
	for _, health := range []string{"Healthy", "Suspended"} {
		var places []string
		for _, environment := range environments {
			if environment.Health == health {
				places = append(places, environment.Name)
			}
		}
		if len(places) > 0 {
			parts = append(parts, health+" in "+strings.Join(places, ", "))
		}
	}
	if len(parts) == 0 {
		return "Not deployed yet"
	}
	return strings.Join(parts, "; ")
}

func since(app *api.App, now api.EnvironmentStatus) metav1.Time {
	for _, before := range app.Status.Environments {
		if before.Name == now.Name && before.Health == now.Health {
			return before.Since
		}
	}
	return metav1.NewTime(time.Now().Truncate(time.Second))
}

// observe tells how an app is doing in an environment whose objects are made.
func observe(w *workload, deployment *appsv1.Deployment, pods []corev1.Pod) api.EnvironmentStatus {
	// What was asked for a moment ago, the cache may not show yet.
	desired := w.replicas
	state := api.EnvironmentStatus{Name: w.environment, Pods: api.Pods{Desired: desired}}
	var youngest *corev1.Pod
	for i := range pods {
		if !isReady(&pods[i]) {
			continue
		}
		state.Pods.Ready++
		if youngest == nil || youngest.CreationTimestamp.Before(&pods[i].CreationTimestamp) {
			youngest = &pods[i]
		}
	}
	if youngest != nil {
		state.Revision = youngest.Labels[commitLabel]
		state.Digest = youngest.Annotations[digestAnnotation]
	}
	switch {
	case desired == 0:
		state.Health, state.Why, state.Next = "Suspended", "The app is paused; no pods are running.", "Resume the app to use it."
	case deployment != nil && isSettled(deployment, desired):
		state.Health, state.Why = "Healthy", fmt.Sprintf("All %d pods are ready.", desired)
		if desired == 1 {
			state.Why = "The pod is ready."
		}
	case state.Pods.Ready > 0:
		state.Health, state.Why = "Progressing", "Rolling out: older pods serve until the new ones are ready."
	default:
		state.Health, state.Why = "Progressing", fmt.Sprintf("Starting: 0 of %d pods ready.", desired)
	}
	return state
}

func isSettled(d *appsv1.Deployment, desired int32) bool {
	return d.Status.ObservedGeneration >= d.Generation &&
		d.Status.UpdatedReplicas == desired &&
		d.Status.Replicas == desired &&
		d.Status.ReadyReplicas == desired
}

func isReady(pod *corev1.Pod) bool {
	return pod.DeletionTimestamp.IsZero() && slices.ContainsFunc(pod.Status.Conditions,
		func(condition corev1.PodCondition) bool {
			return condition.Type == corev1.PodReady && condition.Status == corev1.ConditionTrue
		})
}
