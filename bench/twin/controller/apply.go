package controller

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// configuration is an apply configuration A of an object with metadata.
type configuration[A any] interface {
	runtime.ApplyConfiguration
	GetName() *string
	GetNamespace() *string
	GetKind() *string
	WithAnnotations(map[string]string) A
	WithUID(types.UID) A
}

// object is a pointer to a Kubernetes object of type O.
type object[O any] interface {
	*O
	client.Object
}

// apply writes by server-side apply, and only when something would change: when a wanted field
// differs in the cached object, or when other fields are wanted than last time. It never touches an
// object of somebody else.
func apply[O any, L object[O], A configuration[A]](ctx context.Context, c client.Client, desired A, owner string) error {
	text, err := json.Marshal(desired)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(text)
	hash := hex.EncodeToString(sum[:8])
	desired = desired.WithAnnotations(map[string]string{hashAnnotation: hash})
	options := []client.ApplyOption{client.FieldOwner(fieldManager)}

	live := L(new(O))
	key := client.ObjectKey{Namespace: *desired.GetNamespace(), Name: *desired.GetName()}
	switch err := c.Get(ctx, key, live, noCopy); {
	case apierrors.IsNotFound(err):
		// Of an object that was not there nothing needs to be taken over.
	case err != nil:
		return err
	case live.GetAnnotations()[ownerAnnotation] != owner && ownerByLabels(live) != owner:
		return fail(
			fmt.Sprintf("The %s %s already exists and is not managed by Bailiwick; it was not changed.", *desired.GetKind(), key),
			"Delete this object, or use a different name for the app.")
	case live.GetAnnotations()[hashAnnotation] == hash && covers[O](live, text):
		return nil
	default:
		// The uid makes the server refuse when the object was deleted and made again meanwhile.
		desired = desired.WithUID(live.GetUID())
		options = append(options, client.ForceOwnership)
	}
	return c.Apply(ctx, desired, options...)
}

// covers tells whether the live object has every field of the desired one.
func covers[O any, L object[O]](live L, desired []byte) bool {
	expected := L(new(O))
	if err := json.Unmarshal(desired, expected); err != nil {
		return false
	}
	// DeepDerivative passes over what is not set, but not over numbers and times.
	expected.SetGeneration(live.GetGeneration())
	expected.SetCreationTimestamp(live.GetCreationTimestamp())
	expected.GetObjectKind().SetGroupVersionKind(live.GetObjectKind().GroupVersionKind())
	return equality.Semantic.DeepDerivative(expected, live)
}

func ownerByLabels(o client.Object) string {
	labels := o.GetLabels()
	if labels[managedByLabel] != managedBy || labels[appLabel] == "" {
		return ""
	}
	return ownerOf(labels[tenantLabel], labels[appLabel])
}

// remove deletes an object, only if it is still the same one.
func remove(ctx context.Context, c client.Client, o client.Object) error {
	if !o.GetDeletionTimestamp().IsZero() {
		return nil
	}
	uid := o.GetUID()
	return client.IgnoreNotFound(c.Delete(ctx, o,
		client.Preconditions{UID: &uid},
		client.PropagationPolicy(metav1.DeletePropagationBackground)))
}
