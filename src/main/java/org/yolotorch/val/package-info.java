// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
/**
 * Accuracy of a model on a labelled data set: data sets in YOLO's format; precision, recall, mAP
 * and top-k accuracy. Start at {@link org.yolotorch.Yolo#val(org.yolotorch.Validation)}.
 */
package org.yolotorch.val;
