package netpol

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
)

// announce runs an announcement in the background; the channel closes when it is answered.
func announce(a *admissions, body string) <-chan struct{} {
	answered := make(chan struct{})
	go func() {
		a.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body)))
		close(answered)
	}()
	return answered
}

func isAnswered(answered <-chan struct{}) bool {
	select {
	case <-answered:
		return true
	case <-time.After(20 * time.Millisecond):
		return false
	}
}

func TestHoldsAPodUntilItsRulesAreWritten(t *testing.T) {
	changed := make(trigger, 1)
	a := newAdmissions(changed)
	answered := announce(a, `{"namespace":"one","name":"new","address":"10.0.0.9"}`)
	<-changed

	_, written := a.apply(nil)
	written()
	if isAnswered(answered) {
		t.Fatal("answered although the pod is not known yet")
	}
	pods, written := a.apply([]*corev1.Pod{newPod("one", "new", "")})
	expect(t, pods[0].Status.PodIP, "10.0.0.9")
	if isAnswered(answered) {
		t.Fatal("answered before the rules were written")
	}
	written()
	if !isAnswered(answered) {
		t.Fatal("not answered after the rules were written")
	}
}

func TestForgetsAnAddressOnceTheStatusShowsItOrThePodIsGone(t *testing.T) {
	for name, pods := range map[string][]*corev1.Pod{"shown": {newPod("one", "new", "10.0.0.9")}, "gone": nil} {
		t.Run(name, func(t *testing.T) {
			changed := make(trigger, 1)
			a := newAdmissions(changed)
			announce(a, `{"namespace":"one","name":"new","address":"10.0.0.9"}`)
			<-changed
			_, written := a.apply([]*corev1.Pod{newPod("one", "new", "")})
			written()
			a.apply(pods)
			expect(t, len(a.pending), 0)
		})
	}
}
