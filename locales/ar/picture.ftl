### The drawing of the route that goes with the answer to «أين طلبي؟». Short: each line stands in one row of a small picture.
### Nothing of the decision, no name, no number: the picture is the same for everybody at the same stage.

## The stations, and the association's steps

picture-you = أنتم
picture-embassy = السفارة السعودية
picture-ministry = وزارة الخارجية
picture-association = الجمعية
picture-received = وصول الطلب
picture-studying = دراسة الحالة
picture-completing = استيفاء المعلومات
picture-confirming = التأكد من صحتها
picture-decision = القرار

## What stands under the marked row

picture-here = الطلب هنا الآن
picture-waiting = ننتظر منكم استكمال ما ينقص
picture-returned = أُعيد إليكم للاستكمال
picture-decided = صدر القرار
picture-closed = انتهى النظر في الطلب

## For those who do not see it. $place is one of the rows above, $mark what stands under it.

picture-alt = رسم لمسار الطلب: منكم إلى السفارة، ثم وزارة الخارجية، ثم الجمعية، ثم القرار. الموضع المعلَّم فيه: { $place }. { $mark }.
