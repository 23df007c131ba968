/** Results and file reports as text: JSON, COCO JSON, CSV and YOLO label lines. */
package org.yolotorch.internal.text;
